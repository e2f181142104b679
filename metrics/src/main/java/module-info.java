/// Meters of a server, through Micrometer, whose modules have no descriptor of their own yet.
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module usher.metrics {
  requires transitive usher.core;
  requires transitive micrometer.core;
  requires static transitive org.jspecify;

  exports usher.metrics;
}
