package usher.files.tftp.contract;

import usher.testkit.contract.ModelContract;

final class TftpThreadPoolContractTest extends ModelContract {
  TftpThreadPoolContractTest() {
    super(TftpSuite.suite(), "thread-pool");
  }
}
