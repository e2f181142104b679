package usher.files.http.contract;

import usher.testkit.contract.ModelContract;

final class FilesHttpVirtualThreadsContractTest extends ModelContract {
  FilesHttpVirtualThreadsContractTest() {
    super(FilesHttpSuite.suite(), "virtual-threads", FilesHttpSuite.MAKER);
  }
}
