package usher.files.http.contract;

import usher.testkit.contract.ModelContract;

final class FilesHttpThreadPerConnectionContractTest extends ModelContract {
  FilesHttpThreadPerConnectionContractTest() {
    super(FilesHttpSuite.suite(), "thread-per-connection", FilesHttpSuite.MAKER);
  }
}
