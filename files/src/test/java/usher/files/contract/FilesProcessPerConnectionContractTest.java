package usher.files.contract;

import usher.testkit.contract.ModelContract;

final class FilesProcessPerConnectionContractTest extends ModelContract {
  FilesProcessPerConnectionContractTest() {
    super(FilesSuite.suite(), "process-per-connection", FilesSuite.MAKER);
  }
}
