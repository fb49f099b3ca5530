using GraphQL;
using GraphQL.Types;
using GraphRisk.Graph.Schema;
using GraphRisk.Server.Http;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Tests.Http;

/// <summary>A schema just large enough to ask every kind of thing of the endpoint.</summary>
internal static class TinySchema
{
    public const string Subject = "Person/registry:P1";

    /// <param name="judging">What happens while a command is carried out.</param>
    public static ISchema Create(Action? judging = null) => new Schema { Query = Query(), Mutation = Mutation(judging) };

    private static ObjectGraphType Query()
    {
        var query = new ObjectGraphType { Name = "Query" };
        query.Field<StringGraphType>("echo")
            .Argument<StringGraphType>("text")
            .Resolve(context => context.GetArgument<string?>("text"))
            .Access(FieldAccess.Reads(Sensitivity.Public));
        query.Field<StringGraphType>("secretFault")
            .Resolve(_ => throw new InvalidOperationException("the password is swordfish"))
            .Access(FieldAccess.Reads(Sensitivity.Public));
        query.Field<StringGraphType>("expectedFailure")
            .Resolve(_ => throw new TypedError("NO_SUCH_CLIENT", "There is no such client.", ("id", "x")))
            .Access(FieldAccess.Reads(Sensitivity.Public));
        query.Field<StringGraphType>("name")
            .Resolve(_ => "张三")
            .Access(FieldAccess.Reads(Sensitivity.Confidential, MaskKind.Name) with { Subject = _ => Subject });
        return query;
    }

    private static ObjectGraphType Mutation(Action? judging)
    {
        var mutation = new ObjectGraphType { Name = "Mutation" };
        mutation.Field<BooleanGraphType>("judge")
            .Resolve(_ =>
            {
                judging?.Invoke();
                return true;
            })
            .Access(FieldAccess.Commands(Act.Judge));
        return mutation;
    }
}
