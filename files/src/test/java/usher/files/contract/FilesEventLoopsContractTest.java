package usher.files.contract;

import usher.testkit.contract.ModelContract;

final class FilesEventLoopsContractTest extends ModelContract {
  FilesEventLoopsContractTest() {
    super(FilesSuite.suite(), "event-loops");
  }
}
