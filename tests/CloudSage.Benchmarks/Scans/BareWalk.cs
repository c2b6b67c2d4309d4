using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using CloudSage.PluginHost.Runner.Scanning;

namespace CloudSage.Benchmarks.Scans;

/// <summary>The floor of a scan: reads the names of all that an assembly has and names, and steps through all its code, and judges nothing.</summary>
internal static class BareWalk
{
    public static long Walk(byte[] content)
    {
        using var image = new PEReader(new MemoryStream(content));
        if (!image.HasMetadata) return 0;
        var metadata = image.GetMetadataReader();
        long seen = 0;
        foreach (var handle in metadata.TypeReferences)
        {
            var type = metadata.GetTypeReference(handle);
            seen += metadata.GetString(type.Namespace).Length + metadata.GetString(type.Name).Length;
        }

        foreach (var handle in metadata.MemberReferences)
        {
            var member = metadata.GetMemberReference(handle);
            seen += metadata.GetString(member.Name).Length + metadata.GetBlobReader(member.Signature).Length;
        }

        foreach (var handle in metadata.CustomAttributes) seen += metadata.GetCustomAttribute(handle).Constructor.IsNil ? 0 : 1;
        foreach (var handle in metadata.TypeDefinitions) seen += metadata.GetString(metadata.GetTypeDefinition(handle).Name).Length;
        foreach (var handle in metadata.MethodDefinitions) seen += Method(image, metadata, metadata.GetMethodDefinition(handle));
        return seen;
    }

    private static long Method(PEReader image, MetadataReader metadata, MethodDefinition method)
    {
        long seen = metadata.GetString(method.Name).Length + metadata.GetBlobReader(method.Signature).Length + (method.GetImport().Module.IsNil ? 0 : 1);
        if (method.RelativeVirtualAddress == 0) return seen;
        var code = image.GetMethodBody(method.RelativeVirtualAddress).GetILReader();
        while (code.RemainingBytes > 0) seen += Instruction.Read(ref code).Value;
        return seen;
    }
}
