package usher.files.http.contract;

import usher.testkit.contract.ModelContract;

final class FilesHttpProcessPerConnectionContractTest extends ModelContract {
  FilesHttpProcessPerConnectionContractTest() {
    super(FilesHttpSuite.suite(), "process-per-connection", FilesHttpSuite.MAKER);
  }
}
