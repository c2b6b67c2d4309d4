using System.Runtime.InteropServices;

namespace CloudSage.PluginHost.Brokering;

/// <summary>Empty space at the end of an object, so that what one processor writes there lies on no line of memory that another one uses.</summary>
[StructLayout(LayoutKind.Sequential, Size = 128)]
internal struct CacheLine;
