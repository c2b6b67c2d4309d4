using CloudSage.Plugins.Permissions;

namespace CloudSage.PluginHost.Runner.Rules;

/// <summary>Code that is in no file. A query over objects compiles its expressions too.</summary>
internal sealed class CodeGenerationRule() : PowerRule(PluginPermissions.GenerateCode, new UsePatterns(
    "System.Reflection.Emit.*", "!System.Reflection.Emit.OpCode", "!System.Reflection.Emit.OpCodes", "!System.Reflection.Emit.OperandType", "!System.Reflection.Emit.FlowControl",
    "System.Linq.Expressions.LambdaExpression::Compile*", "System.Linq.Expressions.Expression`1::Compile*", "System.Linq.Queryable::AsQueryable", "System.Linq.EnumerableQuery", "System.Linq.EnumerableQuery`1",
    "System.CodeDom.*", "!System.CodeDom.Compiler.GeneratedCodeAttribute", "!System.CodeDom.Compiler.IndentedTextWriter", "Microsoft.CSharp.CSharpCodeProvider", "Microsoft.VisualBasic.VBCodeProvider", "System.Xml.Xsl.XslCompiledTransform", "System.Text.RegularExpressions.Regex::CompileToAssembly",
    "System.Data.DataColumn::set_Expression", "System.Runtime.CompilerServices.DebugInfoGenerator"));
