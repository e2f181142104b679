package usher.files.tftp.contract;

import usher.testkit.contract.ModelContract;

final class TftpEventLoopWorkersContractTest extends ModelContract {
  TftpEventLoopWorkersContractTest() {
    super(TftpSuite.suite(), "event-loop-workers");
  }
}
