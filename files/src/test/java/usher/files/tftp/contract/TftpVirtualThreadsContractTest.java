package usher.files.tftp.contract;

import usher.testkit.contract.ModelContract;

final class TftpVirtualThreadsContractTest extends ModelContract {
  TftpVirtualThreadsContractTest() {
    super(TftpSuite.suite(), "virtual-threads");
  }
}
