package usher.files.http.contract;

import usher.testkit.contract.ModelContract;

final class FilesHttpThreadPoolContractTest extends ModelContract {
  FilesHttpThreadPoolContractTest() {
    super(FilesHttpSuite.suite(), "thread-pool", FilesHttpSuite.MAKER);
  }
}
