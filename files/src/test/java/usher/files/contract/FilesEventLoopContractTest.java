package usher.files.contract;

import usher.testkit.contract.ModelContract;

final class FilesEventLoopContractTest extends ModelContract {
  FilesEventLoopContractTest() {
    super(FilesSuite.suite(), "event-loop");
  }
}
