package usher.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import usher.testkit.Purity;

/// The parser and the session touch no socket, thread, clock, lock, executor or random source.
final class PurityTest {
  /// What stands between the session and the user's code: futures, files, and the door to the disk.
  private static final Set<String> AT_THE_EDGE =
      Set.of(
          "AsyncHandler", // joins a stage for handlers that block
          "HttpHandler", // the same
          "HttpProtocol", // chooses the spool
          "HttpResponse"); // opens the file that it will send

  @Test
  void parser_and_session_are_pure() {
    // The spool is reached through an interface; what is behind it runs as a call.
    Purity purity =
        Purity.of("usher", "usher.session", "usher.http", "usher.http.wire", "usher.http.spool")
            .beside(HttpSession.class)
            .without(
                name ->
                    name.startsWith("usher.http.spool.")
                        || name.startsWith("usher.session.Errand")
                        || atTheEdge(name));

    assertThat(purity.classes()).contains("usher.http.HttpSession", "usher.http.wire.Head");
    assertThat(purity.findings()).isEmpty();
  }

  @Test
  void what_is_at_the_edge_has_a_reason_to_be() {
    for (String name : AT_THE_EDGE) {
      Purity purity =
          Purity.of("usher", "usher.session", "usher.http", "usher.http.wire")
              .beside(HttpSession.class)
              .without(other -> !other.equals("usher.http." + name));

      assertThat(purity.findings()).as(name).isNotEmpty();
    }
  }

  private static boolean atTheEdge(String name) {
    return AT_THE_EDGE.stream()
        .map(edge -> "usher.http." + edge)
        .anyMatch(edge -> name.equals(edge) || name.startsWith(edge + "$"));
  }
}
