package usher.server;

/// How a drain went.
///
/// @param finished connections and datagrams in hand that ended by themselves in time
/// @param cut those that were cut at the deadline
public record Drained(int finished, int cut) {
  @Override
  public String toString() {
    return cut == 0
        ? finished + " finished, none cut"
        : finished + " finished, " + cut + " cut at the deadline";
  }
}
