package usher.files.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import usher.testkit.Purity;

/// A transfer, its packets and the session of a server touch no socket, thread, clock or lock. What
/// they do to files runs as a call.
final class PurityTest {
  /// Counts transfers of all threads.
  private static final Set<String> AT_THE_EDGE = Set.of("usher.files.tftp.Seats");

  private static Purity purity() {
    return Purity.of(
            "usher",
            "usher.session",
            "usher.files",
            "usher.files.tftp",
            "usher.files.tftp.transfer",
            "usher.files.tftp.wire")
        .beside(TftpSession.class);
  }

  @Test
  void a_transfer_is_pure_from_its_first_packet_to_its_last() {
    Purity purity =
        purity()
            .without(name -> name.startsWith("usher.session.Errand") || AT_THE_EDGE.contains(name));

    assertThat(purity.classes())
        .contains(
            "usher.files.tftp.TftpSession",
            "usher.files.tftp.transfer.Outflow",
            "usher.files.tftp.wire.Packet");
    assertThat(purity.findings()).isEmpty();
  }

  @Test
  void what_is_at_the_edge_has_a_reason_to_be() {
    for (String name : AT_THE_EDGE) {
      assertThat(purity().without(other -> !other.equals(name)).findings()).as(name).isNotEmpty();
    }
  }
}
