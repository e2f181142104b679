package usher.files.contract;

import usher.testkit.contract.ModelContract;

final class FilesPreforkContractTest extends ModelContract {
  FilesPreforkContractTest() {
    super(FilesSuite.suite(), "prefork", FilesSuite.MAKER);
  }
}
