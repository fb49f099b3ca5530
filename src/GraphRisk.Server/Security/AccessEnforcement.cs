using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;
using GraphQL.Utilities;

namespace GraphRisk.Server.Security;

/// <summary>
/// Makes the default deny: walks a schema as it is initialised, puts a <see cref="GuardedResolver"/> around every
/// object field, and refuses the whole schema when a field does not state what it reads. Introspection reads no
/// data and stays open. Visitors run after field middleware, so the guard is outermost.
/// </summary>
public sealed class AccessEnforcement(AccessGrounds grounds) : BaseSchemaNodeVisitor
{
    private readonly SortedSet<string> problems = new(StringComparer.Ordinal);

    /// <summary>Guards a schema and initialises it.</summary>
    /// <exception cref="AccessNotStatedException">A field states no access, or one that can't be kept.</exception>
    public static void Enforce(ISchema schema, AccessGrounds grounds)
    {
        schema.RegisterVisitor(new AccessEnforcement(grounds));
        schema.RegisterVisitor(new Descriptions.DescriptionsByLanguage());
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
        var kind = KindOf(field, access);
        if (CanNotBeHidden(field, access, kind)) problems.Add($"{name} is hidden from some as null but is not nullable");
        if (type == schema.Mutation && access.Act == Act.Read) problems.Add($"{name} is a mutation and names no act that the table opens");
        field.Resolver = new GuardedResolver(field.Resolver ?? NameFieldResolver.Instance, access, kind, name, grounds);
    }

    public override void PostVisitSchema(ISchema schema)
    {
        if (problems.Count > 0) throw new AccessNotStatedException(problems);
    }

    /// <summary>The kind of a field's value: what it states, else what its GraphQL type says.</summary>
    internal static ValueKind KindOf(FieldType field, FieldAccess access) =>
        access.Kind ?? (TypeOf(field) is Scalars.DecimalType or FloatGraphType ? ValueKind.Amount : ValueKind.Other);

    // Only texts have a masked form, and prose has none; anything else is withheld, which a non-null field can't express.
    private static bool CanNotBeHidden(FieldType field, FieldAccess access, ValueKind kind) =>
        field.ResolvedType is NonNullGraphType && kind switch
        {
            ValueKind.Text => true,
            ValueKind.Identity or ValueKind.Name => TypeOf(field) is not StringGraphType,
            ValueKind.Amount => access.Level >= AccessPolicy.Filed && TypeOf(field) is StringGraphType,
            _ => false,
        };

    private static IGraphType? TypeOf(FieldType field) => field.ResolvedType?.GetNamedType();
}

/// <summary>A schema that must not be served.</summary>
public sealed class AccessNotStatedException(IEnumerable<string> problems)
    : InvalidOperationException("The schema is not served: " + string.Join("; ", problems) + ".");
