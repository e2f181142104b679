package usher.files.http.contract;

import usher.testkit.contract.ModelContract;

final class FilesHttpIterativeContractTest extends ModelContract {
  FilesHttpIterativeContractTest() {
    super(FilesHttpSuite.suite(), "iterative", FilesHttpSuite.MAKER);
  }
}
