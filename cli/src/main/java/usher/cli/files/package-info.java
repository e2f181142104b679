/// What the commands that talk to a server of files share: where it is, transfers that survive a
/// cut, bars, tables.
@org.jspecify.annotations.NullMarked
package usher.cli.files;
