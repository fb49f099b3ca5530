using GraphQL;
using GraphQL.Types;
using GraphRisk.Graph.Schema;
using GraphRisk.Scoring.Texts;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Score;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Nodes;

/// <summary>Fields that say what a code is called, in the language asked for.</summary>
internal static class CodeNames
{
    /// <param name="name">Name of the field.</param>
    /// <param name="codes">The list that names the codes.</param>
    /// <param name="access">What reading the code reads.</param>
    /// <param name="description">What the code is of.</param>
    /// <param name="read">The code; null where there is none.</param>
    public static FieldType Field<T>(string name, CodeList codes, FieldAccess access, string description, Func<T, string?> read) => Fields.Of<T>(
        name, "String", access, $"{description}; null where it is not one of {codes.Name.ToUpperInvariant()}.",
        (one, context) => read(one) is not { } code || codes.Find(code) is not { } called ? null
            : context.GetArgument<Language?>("language") == Language.Chinese ? called.Chinese : called.English,
        ScoreTypes.InLanguage);
}
