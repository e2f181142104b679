package usher.files.tftp.contract;

import usher.testkit.contract.ModelContract;

final class TftpIterativeContractTest extends ModelContract {
  TftpIterativeContractTest() {
    super(TftpSuite.suite(), "iterative");
  }
}
