package usher.files.http.contract;

import usher.testkit.contract.ModelContract;

final class FilesHttpPreforkContractTest extends ModelContract {
  FilesHttpPreforkContractTest() {
    super(FilesHttpSuite.suite(), "prefork", FilesHttpSuite.MAKER);
  }
}
