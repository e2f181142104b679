/// JSON bodies for HTTP handlers, through Jackson.
module usher.json {
  requires transitive usher.http;
  requires transitive tools.jackson.core;
  requires transitive tools.jackson.databind;
  requires static transitive org.jspecify;

  exports usher.json;
}
