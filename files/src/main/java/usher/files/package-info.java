/// A folder of files as a library: what can be asked of it, whichever door asks.
///
/// A [usher.files.FileLibrary] lists, opens and stores files under checked names
/// ([usher.files.FileName]). [usher.files.disk] keeps one in a folder, [usher.files.frame] is its
/// own protocol.
@org.jspecify.annotations.NullMarked
package usher.files;
