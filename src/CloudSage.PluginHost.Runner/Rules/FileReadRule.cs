using CloudSage.Plugins.Permissions;

namespace CloudSage.PluginHost.Runner.Rules;

/// <summary>Files and folders, by whatever takes a path. Streams that somebody else opened are nobody's power.</summary>
internal sealed class FileReadRule() : PowerRule(PluginPermissions.ReadFiles, new UsePatterns(
    "System.IO.FileStream", "System.IO.FileInfo", "System.IO.DirectoryInfo", "System.IO.FileSystemInfo", "System.IO.DriveInfo", "System.IO.FileSystemWatcher", "System.IO.RandomAccess",
    "System.IO.Enumeration.*", "System.IO.MemoryMappedFiles.*", "System.IO.IsolatedStorage.*", "System.Diagnostics.FileVersionInfo",
    "System.Security.Cryptography.X509Certificates.X509Store", "Microsoft.VisualBasic.FileSystem", "Microsoft.VisualBasic.FileIO.FileSystem",
    "System.IO.File::Open*", "System.IO.File::Read*", "System.IO.File::Exists", "System.IO.File::Get*", "System.IO.File::Copy", "System.IO.File::ResolveLinkTarget",
    "System.IO.Directory::Exists", "System.IO.Directory::Get*", "System.IO.Directory::Enumerate*", "System.IO.Directory::ResolveLinkTarget",
    "System.IO.Path::Exists", "System.IO.StreamReader::.ctor(string",
    "System.IO.Compression.ZipFile::*", "System.IO.Compression.ZipFileExtensions::CreateEntryFromFile", "System.Formats.Tar.TarFile::*", "System.Formats.Tar.TarWriter::WriteEntry(string",
    "System.Xml.XmlReader::Create(string", "System.Xml.XmlTextReader::.ctor(string", "System.Xml.XmlDocument::Load(string", "System.Xml.Linq.XDocument::Load(string", "System.Xml.Linq.XElement::Load(string",
    "System.Xml.Linq.XStreamingElement::Load(string", "System.Xml.XPath.XPathDocument::.ctor(string", "System.Xml.Xsl.XslCompiledTransform::Load(string", "System.Xml.Xsl.XslCompiledTransform::Transform(string",
    "System.Xml.Schema.XmlSchemaSet::Add(string", "System.Data.DataSet::ReadXml*", "System.Data.DataTable::ReadXml*",
    "System.Resources.ResourceReader::.ctor(string", "System.Resources.ResourceSet::.ctor(string", "System.Resources.ResourceManager::CreateFileBasedResourceManager",
    "System.Security.Cryptography.X509Certificates.X509Certificate::.ctor(string", "System.Security.Cryptography.X509Certificates.X509Certificate::CreateFrom*",
    "System.Security.Cryptography.X509Certificates.X509Certificate2::.ctor(string", "System.Security.Cryptography.X509Certificates.X509Certificate2::CreateFromPemFile",
    "System.Security.Cryptography.X509Certificates.X509Certificate2::CreateFromEncryptedPemFile", "System.Security.Cryptography.X509Certificates.X509CertificateLoader::Load*",
    "System.Security.Cryptography.X509Certificates.X509Certificate2Collection::Import*",
    "System.Reflection.Assembly::GetFile*", "System.Reflection.AssemblyName::GetAssemblyName", "Microsoft.VisualBasic.FileIO.TextFieldParser::.ctor(string"));
