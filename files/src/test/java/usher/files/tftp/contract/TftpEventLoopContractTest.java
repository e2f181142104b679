package usher.files.tftp.contract;

import usher.testkit.contract.ModelContract;

final class TftpEventLoopContractTest extends ModelContract {
  TftpEventLoopContractTest() {
    super(TftpSuite.suite(), "event-loop");
  }
}
