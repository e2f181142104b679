package usher.files.http.contract;

import usher.testkit.contract.ModelContract;

final class FilesHttpEventLoopsContractTest extends ModelContract {
  FilesHttpEventLoopsContractTest() {
    super(FilesHttpSuite.suite(), "event-loops", FilesHttpSuite.MAKER);
  }
}
