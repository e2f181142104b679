package usher.files.contract;

import usher.testkit.contract.ModelContract;

final class FilesEventLoopWorkersContractTest extends ModelContract {
  FilesEventLoopWorkersContractTest() {
    super(FilesSuite.suite(), "event-loop-workers");
  }
}
