package usher.http.contract;

import usher.testkit.contract.ModelContract;

final class HttpEventLoopsContractTest extends ModelContract {
  HttpEventLoopsContractTest() {
    super(HttpSuite.suite(), "event-loops");
  }
}
