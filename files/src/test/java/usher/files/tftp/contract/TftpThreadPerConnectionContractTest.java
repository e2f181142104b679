package usher.files.tftp.contract;

import usher.testkit.contract.ModelContract;

final class TftpThreadPerConnectionContractTest extends ModelContract {
  TftpThreadPerConnectionContractTest() {
    super(TftpSuite.suite(), "thread-per-connection");
  }
}
