/// What a server does as events of the Java Flight Recorder. The one package that needs the module
/// `jdk.jfr`; nothing else refers to it.
@org.jspecify.annotations.NullMarked
package usher.server.jfr;
