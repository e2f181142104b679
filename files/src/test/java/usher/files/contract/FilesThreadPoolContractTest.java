package usher.files.contract;

import usher.testkit.contract.ModelContract;

final class FilesThreadPoolContractTest extends ModelContract {
  FilesThreadPoolContractTest() {
    super(FilesSuite.suite(), "thread-pool");
  }
}
