package usher.files.http.contract;

import usher.testkit.contract.ModelContract;

final class FilesHttpEventLoopContractTest extends ModelContract {
  FilesHttpEventLoopContractTest() {
    super(FilesHttpSuite.suite(), "event-loop", FilesHttpSuite.MAKER);
  }
}
