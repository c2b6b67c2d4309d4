using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using CloudSage.Plugins;

namespace CloudSage.UnitTests.Verification;

/// <summary>Assemblies that no compiler writes: their tables refer to themselves.</summary>
public static class CraftedAssembly
{
    public enum Trick
    {
        TypeReferenceInItself,
        TypeNestedInItself,
        TypeDerivedFromItself,
        SpecificationOfItself,
    }

    public static byte[] Build(Trick trick)
    {
        var metadata = new MetadataBuilder();
        var name = metadata.GetOrAddString("Plugin");
        metadata.AddModule(0, name, metadata.GetOrAddGuid(Guid.Empty), default, default);
        metadata.AddAssembly(name, new Version(1, 0, 0, 0), default, default, default, AssemblyHashAlgorithm.None);
        var contract = typeof(ExtensionPointAttribute).Assembly.GetName();
        metadata.AddAssemblyReference(metadata.GetOrAddString(contract.Name!), contract.Version!, default, default, default, default);

        var self = MetadataTokens.TypeReferenceHandle(1);
        metadata.AddTypeReference(self, metadata.GetOrAddString("N"), metadata.GetOrAddString("Self"));
        AddType(metadata, "<Module>", TypeAttributes.Class, default);
        var first = MetadataTokens.TypeDefinitionHandle(2);
        var specification = MetadataTokens.TypeSpecificationHandle(1);
        var signature = new BlobBuilder();
        signature.WriteByte(0x15);
        signature.WriteByte(0x12);
        signature.WriteCompressedInteger(CodedIndex.TypeDefOrRefOrSpec(specification));
        metadata.AddTypeSpecification(metadata.GetOrAddBlob(signature));

        EntityHandle parent = trick switch
        {
            Trick.TypeReferenceInItself => self,
            Trick.TypeDerivedFromItself => first,
            Trick.SpecificationOfItself => specification,
            _ => default,
        };
        AddType(metadata, "Crafted", trick == Trick.TypeNestedInItself ? TypeAttributes.NestedPublic : TypeAttributes.Public, parent);
        if (trick == Trick.TypeNestedInItself)
            metadata.AddNestedType(first, first);

        var image = new BlobBuilder();
        new ManagedPEBuilder(PEHeaderBuilder.CreateLibraryHeader(), new MetadataRootBuilder(metadata), new BlobBuilder()).Serialize(image);
        return image.ToArray();
    }

    private static void AddType(MetadataBuilder metadata, string name, TypeAttributes attributes, EntityHandle parent)
        => metadata.AddTypeDefinition(
            attributes, default, metadata.GetOrAddString(name), parent, MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
}
