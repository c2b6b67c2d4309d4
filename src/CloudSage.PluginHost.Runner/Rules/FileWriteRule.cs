using CloudSage.PluginHost.Runner.Scanning;
using CloudSage.Plugins.Permissions;

namespace CloudSage.PluginHost.Runner.Rules;

/// <summary>Making, changing and deleting files and folders. Whether an opened file is only read is seen where it is opened: see <see cref="ConstantRun"/>.</summary>
internal sealed class FileWriteRule() : PowerRule(PluginPermissions.WriteFiles, new UsePatterns(
    "System.IO.FileStreamOptions", "System.IO.MemoryMappedFiles.*", "System.IO.IsolatedStorage.*", "Microsoft.VisualBasic.FileSystem", "Microsoft.VisualBasic.FileIO.FileSystem",
    "System.IO.FileStream::.ctor", "System.IO.File::Open", "System.IO.File::OpenHandle", "System.IO.File::OpenWrite", "System.IO.File::Write*", "System.IO.File::Append*", "System.IO.File::Create*",
    "System.IO.File::Delete", "System.IO.File::Move", "System.IO.File::Copy", "System.IO.File::Replace", "System.IO.File::Set*", "System.IO.File::Encrypt", "System.IO.File::Decrypt",
    "System.IO.FileInfo::Append*", "System.IO.FileInfo::CopyTo", "System.IO.FileInfo::Create*", "System.IO.FileInfo::Delete", "System.IO.FileInfo::MoveTo", "System.IO.FileInfo::Open",
    "System.IO.FileInfo::OpenWrite", "System.IO.FileInfo::Replace", "System.IO.FileInfo::set_*", "System.IO.FileInfo::Encrypt", "System.IO.FileInfo::Decrypt",
    "System.IO.FileSystemInfo::Delete", "System.IO.FileSystemInfo::set_*", "System.IO.FileSystemInfo::Create*", "System.IO.DirectoryInfo::Create*", "System.IO.DirectoryInfo::Delete",
    "System.IO.DirectoryInfo::MoveTo", "System.IO.DirectoryInfo::set_*", "System.IO.DriveInfo::set_*", "System.IO.FileSystemAclExtensions::*",
    "System.IO.Directory::Create*", "System.IO.Directory::Delete", "System.IO.Directory::Move", "System.IO.Directory::Set*", "System.IO.RandomAccess::Write", "System.IO.RandomAccess::WriteAsync",
    "System.IO.RandomAccess::SetLength", "System.IO.StreamWriter::.ctor(string", "System.IO.Path::GetTempFileName",
    "System.IO.Compression.ZipFile::Create*", "System.IO.Compression.ZipFile::Extract*", "System.IO.Compression.ZipFile::Open", "System.IO.Compression.ZipFile::OpenAsync",
    "System.IO.Compression.ZipFileExtensions::Extract*", "System.Formats.Tar.TarFile::*", "System.Formats.Tar.TarEntry::ExtractToFile*",
    "System.Xml.XmlWriter::Create(string", "System.Xml.XmlTextWriter::.ctor(string", "System.Xml.XmlDocument::Save(string", "System.Xml.Linq.XDocument::Save(string", "System.Xml.Linq.XElement::Save(string",
    "System.Xml.Linq.XStreamingElement::Save(string", "System.Xml.Xsl.XslCompiledTransform::Transform(string", "System.Data.DataSet::WriteXml*", "System.Data.DataTable::WriteXml*",
    "System.Resources.ResourceWriter::.ctor(string", "System.Diagnostics.TextWriterTraceListener::.ctor(string", "System.Diagnostics.DelimitedListTraceListener::.ctor(string",
    "System.Diagnostics.XmlWriterTraceListener::.ctor(string", "System.Security.Cryptography.X509Certificates.X509Store::Add*", "System.Security.Cryptography.X509Certificates.X509Store::Remove*"));
