package usher.files.contract;

import usher.testkit.contract.ModelContract;

final class FilesThreadPerConnectionContractTest extends ModelContract {
  FilesThreadPerConnectionContractTest() {
    super(FilesSuite.suite(), "thread-per-connection");
  }
}
