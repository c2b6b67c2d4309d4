using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace CloudSage.PluginHost.Runner.Scanning;

/// <summary>Walks everything in an assembly that can be a power: its headers, tables and code. Nothing is loaded and nothing of it runs.</summary>
internal sealed class AssemblyWalk
{
    private readonly PEReader _image;
    private readonly MetadataReader _metadata;
    private readonly ImageNames _names;
    private readonly PowerMap _powers;
    private readonly Sightings _sightings;
    private readonly ForeignUses _uses;
    private readonly OwnData _ownData;
    private readonly CodeWalk _code;
    private readonly HashSet<int> _walked = [];
    private readonly Dictionary<EntityHandle, Construct?> _attributes = [];
    private long _codeBytes;

    public AssemblyWalk(PEReader image, MetadataReader metadata, IReadOnlyList<IScanRule> rules, PowerMap powers)
    {
        (_image, _metadata, _powers) = (image, metadata, powers);
        if (metadata.MetadataKind != MetadataKind.Ecma335) throw new UnknownConstructException($"its metadata is of the kind {metadata.MetadataKind}");
        if (Enumerable.Range(0, MetadataTokens.TableCount).Sum(t => (long)metadata.GetTableRowCount((TableIndex)t)) > ScanLimits.Rows)
            throw new UnknownConstructException($"its tables have more than {ScanLimits.Rows} rows");
        _names = new ImageNames(metadata);
        _sightings = new Sightings(_names, rules);
        _uses = new ForeignUses(metadata, _names, powers);
        _ownData = new OwnData(metadata);
        _code = new CodeWalk(metadata, powers, _uses, _sightings, _ownData);
    }

    /// <summary>The assembly's simple name; null where the file is only a part of one.</summary>
    public string? Name => _metadata.IsAssembly ? _names.Text(_metadata.GetAssemblyDefinition().Name) : null;

    public IReadOnlyList<PowerUse> Walk()
    {
        Headers();
        foreach (var handle in _metadata.TypeDefinitions) Type(handle);
        Signatures();
        foreach (var handle in _metadata.CustomAttributes) Attribute(_metadata.GetCustomAttribute(handle));
        _uses.AddUnseen(_sightings);
        return _sightings.ToUses();
    }

    private void Headers()
    {
        var header = _image.PEHeaders.CorHeader!;
        var isPrecompiled = header.ManagedNativeHeaderDirectory.Size > 0;
        if (isPrecompiled) Add(Construct.PrecompiledCode);
        if ((!header.Flags.HasFlag(CorFlags.ILOnly) && !isPrecompiled) || header.Flags.HasFlag(CorFlags.NativeEntryPoint) || header.VtableFixupsDirectory.Size > 0)
            Add(Construct.MixedImage);
        if (!_metadata.IsAssembly || _metadata.AssemblyFiles.Any(f => _metadata.GetAssemblyFile(f).ContainsMetadata) || (_metadata.GetTableRowCount(TableIndex.ModuleRef) is > 0 and var modules && modules > Imports()))
            Add(Construct.OtherModule);
    }

    /// <summary>How many of the modules that the assembly names are native libraries of its P/Invokes.</summary>
    private int Imports() => _metadata.MethodDefinitions.Select(m => _metadata.GetMethodDefinition(m).GetImport().Module).Where(static m => !m.IsNil).Distinct().Count();

    private void Type(TypeDefinitionHandle handle)
    {
        var type = _metadata.GetTypeDefinition(handle);
        if (type.Attributes.HasFlag(TypeAttributes.Import)) Add(Construct.ComImport, type: handle);
        _names.CheckNesting(type);
        foreach (var field in type.GetFields()) Signature(SignatureReader.Read(_metadata, _metadata.GetFieldDefinition(field).Signature), default, handle);
        if (FieldOverlap.In(_metadata, type)) Add(Construct.OverlappingFields, type: handle);
        var isDelegate = IsDelegate(type);
        foreach (var method in type.GetMethods()) Method(method, _metadata.GetMethodDefinition(method), isDelegate);
        if (MetadataTokens.GetRowNumber(handle) == 1 && type.GetMethods().Any(m => _metadata.StringComparer.Equals(_metadata.GetMethodDefinition(m).Name, ".cctor")))
            Add(Construct.ModuleInitializer, type: handle);
    }

    private void Method(MethodDefinitionHandle handle, MethodDefinition method, bool isDelegate)
    {
        if (method.Attributes.HasFlag(MethodAttributes.PinvokeImpl) || !method.GetImport().Module.IsNil) _sightings.Add(_powers.Of(Construct.PlatformInvoke), Import(method), handle);
        var kind = method.ImplAttributes & MethodImplAttributes.CodeTypeMask;
        if (kind is MethodImplAttributes.Native or MethodImplAttributes.OPTIL || (kind == MethodImplAttributes.Runtime && !isDelegate)
            || (method.ImplAttributes & (MethodImplAttributes.Unmanaged | MethodImplAttributes.InternalCall)) != 0)
            Add(Construct.NativeMethod, handle);
        Signature(SignatureReader.Read(_metadata, method.Signature), handle);
        // Methods may share a body; a crafted file makes thousands share a long one.
        if (method.RelativeVirtualAddress == 0 || kind != MethodImplAttributes.IL || !_walked.Add(method.RelativeVirtualAddress)) return;
        var body = _image.GetMethodBody(method.RelativeVirtualAddress);
        var code = body.GetILReader();
        if ((_codeBytes += code.Length) > ScanLimits.CodeBytes) throw new UnknownConstructException($"its methods have more than {ScanLimits.CodeBytes >> 20} MiB of code");
        if (!body.LocalSignature.IsNil)
        {
            Signature(SignatureReader.Read(_metadata, _metadata.GetStandaloneSignature(body.LocalSignature).Signature), handle);
            if (!body.LocalVariablesInitialized) Add(Construct.UninitializedVariables, handle);
        }

        _code.Walk(handle, code, _ownData.IsBufferMethod(method, code.Length));
    }

    private string Import(MethodDefinition method)
    {
        var import = method.GetImport();
        return import.Module.IsNil ? ConstructText.Of(Construct.PlatformInvoke)
            : $"the native function {_names.Text(import.Name)} of {_names.Text(_metadata.GetModuleReference(import.Module).Name)}";
    }

    private void Signatures()
    {
        for (var row = 1; row <= _metadata.GetTableRowCount(TableIndex.TypeSpec); row++)
            Signature(SignatureReader.ReadType(_metadata, _metadata.GetTypeSpecification(MetadataTokens.TypeSpecificationHandle(row)).Signature));
        for (var row = 1; row <= _metadata.GetTableRowCount(TableIndex.MethodSpec); row++)
            Signature(SignatureReader.Read(_metadata, _metadata.GetMethodSpecification(MetadataTokens.MethodSpecificationHandle(row)).Signature));
        for (var row = 1; row <= _metadata.GetTableRowCount(TableIndex.StandAloneSig); row++)
            SignatureReader.Read(_metadata, _metadata.GetStandaloneSignature(MetadataTokens.StandaloneSignatureHandle(row)).Signature);
    }

    private void Signature(SignatureFacts facts, MethodDefinitionHandle method = default, TypeDefinitionHandle type = default)
    {
        if (facts.HasPointer) Add(Construct.Pointer, method, type);
        if (facts.HasFunctionPointer) Add(Construct.FunctionPointer, method, type);
        if (facts.HasPinned) Add(Construct.PinnedVariable, method, type);
        if (facts.HasTypedReference) Add(Construct.TypedReference, method, type);
    }

    private void Attribute(CustomAttribute attribute)
    {
        if (!_attributes.TryGetValue(attribute.Constructor, out var construct)) _attributes[attribute.Constructor] = construct = AttributeOf(attribute.Constructor);
        if (construct is { } found) Add(found, attribute.Parent is { IsNil: false, Kind: HandleKind.MethodDefinition } method ? (MethodDefinitionHandle)method : default);
    }

    /// <summary>By name alone, as the runtime does: an assembly may bring these attributes itself.</summary>
    private Construct? AttributeOf(EntityHandle constructor)
    {
        var type = constructor.Kind switch
        {
            HandleKind.MemberReference => _metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent,
            HandleKind.MethodDefinition => _metadata.GetMethodDefinition((MethodDefinitionHandle)constructor).GetDeclaringType(),
            _ => default,
        };
        var name = type.IsNil ? string.Empty : type.Kind switch
        {
            HandleKind.TypeReference => _names.Of((TypeReferenceHandle)type),
            HandleKind.TypeDefinition => _names.Of((TypeDefinitionHandle)type),
            _ => string.Empty,
        };
        return name switch
        {
            "System.Runtime.CompilerServices.UnsafeAccessorAttribute" or "System.Runtime.CompilerServices.UnsafeAccessorTypeAttribute" => Construct.UnsafeAccessor,
            "System.Runtime.CompilerServices.IgnoresAccessChecksToAttribute" => Construct.IgnoredAccessChecks,
            "System.Runtime.InteropServices.UnmanagedCallersOnlyAttribute" => Construct.UnmanagedEntry,
            _ => null,
        };
    }

    private bool IsDelegate(TypeDefinition type)
        => type.BaseType is { IsNil: false, Kind: HandleKind.TypeReference } parent && _metadata.StringComparer.Equals(_metadata.GetTypeReference((TypeReferenceHandle)parent).Name, "MulticastDelegate");

    private void Add(Construct construct, MethodDefinitionHandle method = default, TypeDefinitionHandle type = default)
        => _sightings.Add(_powers.Of(construct), ConstructText.Of(construct), method, type);
}
