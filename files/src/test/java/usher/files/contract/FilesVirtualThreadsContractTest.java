package usher.files.contract;

import usher.testkit.contract.ModelContract;

final class FilesVirtualThreadsContractTest extends ModelContract {
  FilesVirtualThreadsContractTest() {
    super(FilesSuite.suite(), "virtual-threads");
  }
}
