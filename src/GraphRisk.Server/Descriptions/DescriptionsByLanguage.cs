using GraphQL.Resolvers;
using GraphQL.Types;
using GraphQL.Utilities;
using GraphRisk.Scoring.Texts;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Descriptions;

/// <summary>
/// Lets introspection give descriptions in the language of the request. The schema itself stays English, and so does its SDL: a description is
/// put into another language as it leaves, so that nothing that is kept between questions, neither plan nor document, knows a language.
/// </summary>
internal sealed class DescriptionsByLanguage : BaseSchemaNodeVisitor
{
    public override void VisitObjectFieldDefinition(FieldType field, IObjectGraphType type, ISchema schema)
    {
        if (field.Name != "description" || !type.Name.StartsWith("__", StringComparison.Ordinal) || field.Resolver is not { } english) return;
        field.Resolver = new FuncFieldResolver<object?>(async context => await english.ResolveAsync(context) is not string text ? null
            : RequestContext.Of(context).Language == Language.Chinese ? DescriptionCatalogue.Chinese.Find(text) ?? text : text);
    }
}
