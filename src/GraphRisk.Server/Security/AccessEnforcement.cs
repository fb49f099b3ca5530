using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;
using GraphQL.Utilities;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Server.Security;

/// <summary>
/// Makes the default deny: walks a schema as it is initialised, puts a <see cref="GuardedResolver"/> around every
/// object field, and refuses the whole schema when a field does not state what it reads. Introspection reads no
/// data and stays open. Visitors run after field middleware, so the guard is outermost.
/// </summary>
public sealed class AccessEnforcement(IStandings standings) : BaseSchemaNodeVisitor
{
    private readonly SortedSet<string> problems = new(StringComparer.Ordinal);

    /// <summary>Guards a schema and initialises it.</summary>
    /// <exception cref="AccessNotStatedException">A field states no access, or one that can't be kept.</exception>
    public static void Enforce(ISchema schema, IStandings standings)
    {
        schema.RegisterVisitor(new AccessEnforcement(standings));
        schema.RegisterVisitor(new Budget.BudgetEnforcement());
        schema.Initialize();
    }

    public override void VisitObjectFieldDefinition(FieldType field, IObjectGraphType type, ISchema schema)
    {
        if (type.Name.StartsWith("__", StringComparison.Ordinal)) return;
        var name = $"{type.Name}.{field.Name}";
        if (FieldAccess.Of(field) is not { } access)
        {
            problems.Add($"{name} states no access");
            return;
        }
        if (field.StreamResolver is not null) problems.Add($"{name} is a subscription, which nothing guards");
        if (access.Mask != MaskKind.None && CanNotBeMasked(field)) problems.Add($"{name} is masked to null but is not nullable");
        if (type == schema.Mutation && access.Commanders.IsEmpty) problems.Add($"{name} is a mutation and names nobody who may give it");
        field.Resolver = new GuardedResolver(field.Resolver ?? NameFieldResolver.Instance, access, name, standings);
    }

    public override void PostVisitSchema(ISchema schema)
    {
        if (problems.Count > 0) throw new AccessNotStatedException(problems);
    }

    // Only texts have a masked form; anything else is withheld, which a non-null field can't express.
    private static bool CanNotBeMasked(FieldType field) =>
        field.ResolvedType is NonNullGraphType && field.ResolvedType.GetNamedType() is not StringGraphType;
}

/// <summary>A schema that must not be served.</summary>
public sealed class AccessNotStatedException(IEnumerable<string> problems)
    : InvalidOperationException("The schema is not served: " + string.Join("; ", problems) + ".");
