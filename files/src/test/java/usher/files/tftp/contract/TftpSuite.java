package usher.files.tftp.contract;

import java.util.List;
import usher.testkit.contract.Suite;
import usher.testkit.contract.Transport;

/// The behaviours of a TFTP server.
final class TftpSuite {
  private TftpSuite() {}

  static Suite suite() {
    return new Suite(
        "tftp",
        "TFTP",
        List.of(new Suite.Group("Transfers", Transferring.all())),
        List.of(Transport.UDP4, Transport.UDP6));
  }
}
