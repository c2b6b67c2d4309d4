using CloudSage.Plugins.Permissions;

namespace CloudSage.PluginHost.Runner.Rules;

/// <summary>Other machines and processes. Addresses, status codes, headers and the like are values: they reach nobody.</summary>
internal sealed class NetworkRule() : PowerRule(PluginPermissions.UseNetwork, new UsePatterns(
    "System.Net.*", "System.IO.Pipes.*", "System.ServiceModel.*", "System.DirectoryServices.*", "System.Data.SqlClient.*", "System.Data.Odbc.*", "System.Data.OleDb.*",
    "Microsoft.AspNetCore.*", "System.Xml.XmlUrlResolver", "Microsoft.VisualBasic.Devices.Network", "System.Security.Cryptography.X509Certificates.X509Chain",
    "!System.Net.Http.Headers.*", "!System.Net.Mime.*", "!System.Net.ServerSentEvents.*",
    "!System.Net.WebUtility", "!System.Net.HttpStatusCode", "!System.Net.IPAddress", "!System.Net.IPEndPoint", "!System.Net.EndPoint", "!System.Net.IPNetwork", "!System.Net.DnsEndPoint",
    "!System.Net.HttpVersion", "!System.Net.DecompressionMethods", "!System.Net.NetworkCredential", "!System.Net.ICredentials", "!System.Net.ICredentialsByHost",
    "!System.Net.Cookie", "!System.Net.CookieCollection", "!System.Net.WebException", "!System.Net.WebExceptionStatus", "!System.Net.HttpRequestHeader", "!System.Net.HttpResponseHeader",
    "!System.Net.Http.HttpMethod", "!System.Net.Http.HttpRequestException", "!System.Net.Http.HttpRequestError", "!System.Net.Sockets.AddressFamily", "!System.Net.Sockets.SocketException",
    "!System.Net.Sockets.SocketError", "!System.Net.Sockets.ProtocolType", "!System.Net.Sockets.SocketType", "!System.Net.Mail.MailAddress",
    "!System.Net.NetworkInformation.PhysicalAddress"));
