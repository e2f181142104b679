package usher.server;

/// How many clients a model serves just now.
///
/// @param model one that seats who comes, or finishes with those who came before
/// @param clients connections, and datagrams in hand
public record Seated(Model model, int clients) {
  @Override
  public String toString() {
    return clients + " under " + model.text();
  }
}
