using GraphQL;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Nodes;

/// <summary>Relay's <c>node(id)</c>.</summary>
internal sealed class NodePart(GraphSession session, Lookup lookup) : ISchemaPart
{
    public void AddTo(SchemaParts parts) => parts.Query.AddField(Fields.Resolved(
        "node", "Node", FieldAccess.Structure, "Anything by its global id.",
        async context =>
        {
            var view = await session.ViewAsync(context);
            return lookup.Node(view, context.Viewer(), "id", context.GetArgument<string>("id"));
        },
        BitemporalArguments.And(TypeExpression.Argument("id", "ID!", "Global id, or Type/key as the sources have it."))));
}
