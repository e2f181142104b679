package usher.files.tftp.contract;

import usher.testkit.contract.ModelContract;

final class TftpEventLoopsContractTest extends ModelContract {
  TftpEventLoopsContractTest() {
    super(TftpSuite.suite(), "event-loops");
  }
}
