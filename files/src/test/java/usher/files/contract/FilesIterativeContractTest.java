package usher.files.contract;

import usher.testkit.contract.ModelContract;

final class FilesIterativeContractTest extends ModelContract {
  FilesIterativeContractTest() {
    super(FilesSuite.suite(), "iterative");
  }
}
