using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace CloudSage.UnitTests.Runner;

/// <summary>Files that no compiler writes: made to run their reader out of stack, time or memory.</summary>
public static class CraftedFile
{
    public enum Trick
    {
        SignatureOfManyArrays,
        SignatureTooLong,
        SignatureUnknown,
        GenericTypeOfItself,
        NameTooLong,
        InstructionUnknown,
        SwitchWithoutEnd,
        MemberOfItself,
    }

    public static byte[] Build(Trick trick)
    {
        var metadata = new MetadataBuilder();
        var name = metadata.GetOrAddString("Plugin");
        metadata.AddModule(0, name, metadata.GetOrAddGuid(Guid.Empty), default, default);
        metadata.AddAssembly(name, new Version(1, 0, 0, 0), default, default, default, AssemblyHashAlgorithm.None);
        var runtime = metadata.AddAssemblyReference(metadata.GetOrAddString("System.Runtime"), new Version(10, 0, 0, 0), default, default, default, default);
        var type = metadata.AddTypeReference(runtime, metadata.GetOrAddString("System"), metadata.GetOrAddString(trick == Trick.NameTooLong ? new string('N', 5000) : "Object"));
        var code = new BlobBuilder();
        code.WriteBytes(Code(trick));
        var bodies = new MethodBodyStreamEncoder(new BlobBuilder());
        var body = bodies.AddMethodBody(code.Count, exceptionRegionCount: 0);
        new BlobWriter(body.Instructions).WriteBytes(code);

        metadata.AddTypeDefinition(default, default, metadata.GetOrAddString("<Module>"), default, MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
        metadata.AddTypeDefinition(TypeAttributes.Public, default, metadata.GetOrAddString("Crafted"), type, MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
        metadata.AddMethodDefinition(MethodAttributes.Static | MethodAttributes.Public, MethodImplAttributes.IL, metadata.GetOrAddString("M"), Blob(metadata, 0, 0, 1), body.Offset, default);

        var specification = MetadataTokens.TypeSpecificationHandle(1);
        var itself = new BlobBuilder();
        itself.WriteByte(0x15);
        itself.WriteByte(0x12);
        itself.WriteCompressedInteger(CodedIndex.TypeDefOrRefOrSpec(specification));
        itself.WriteCompressedInteger(1);
        itself.WriteByte(0x1C);
        metadata.AddTypeSpecification(trick == Trick.GenericTypeOfItself || trick == Trick.MemberOfItself ? metadata.GetOrAddBlob(itself) : Blob(metadata, 0x1C));
        metadata.AddMemberReference(trick == Trick.MemberOfItself ? specification : type, metadata.GetOrAddString("Member"), Signature(metadata, trick));

        var image = new BlobBuilder();
        new ManagedPEBuilder(PEHeaderBuilder.CreateLibraryHeader(), new MetadataRootBuilder(metadata, suppressValidation: true), bodies.Builder).Serialize(image);
        return image.ToArray();
    }

    private static byte[] Code(Trick trick) => trick switch
    {
        Trick.InstructionUnknown => [0xFE, 0xFF, 0x2A],
        Trick.SwitchWithoutEnd => [0x45, 0xFF, 0xFF, 0xFF, 0x7F, 0x2A],
        _ => [0x2A],
    };

    private static BlobHandle Signature(MetadataBuilder metadata, Trick trick) => trick switch
    {
        // A field of an array of an array of an array: one byte each.
        Trick.SignatureOfManyArrays => Blob(metadata, [0x06, .. Enumerable.Repeat((byte)0x1D, 4000), 0x08]),
        Trick.SignatureTooLong => Blob(metadata, [0x06, .. Enumerable.Repeat((byte)0x1D, 400_000), 0x08]),
        Trick.SignatureUnknown => Blob(metadata, 0x06, 0x3F),
        _ => Blob(metadata, 0, 0, 1),
    };

    private static BlobHandle Blob(MetadataBuilder metadata, params byte[] bytes) => metadata.GetOrAddBlob(bytes);
}
