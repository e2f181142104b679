package usher.files.http.contract;

import usher.testkit.contract.ModelContract;

final class FilesHttpEventLoopWorkersContractTest extends ModelContract {
  FilesHttpEventLoopWorkersContractTest() {
    super(FilesHttpSuite.suite(), "event-loop-workers", FilesHttpSuite.MAKER);
  }
}
