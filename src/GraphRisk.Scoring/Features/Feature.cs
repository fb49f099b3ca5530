using GraphRisk.Graph.Schema;
using GraphRisk.Scoring.Texts;

namespace GraphRisk.Scoring.Features;

/// <summary>How a value is written for people.</summary>
public enum FeatureUnit
{
    /// <summary>A fraction shown as a percentage.</summary>
    Percent,

    /// <summary>A difference of two fractions, shown in percentage points.</summary>
    PercentagePoints,

    /// <summary>A whole number of things.</summary>
    Count,

    /// <summary>ln(1 + yuan), shown as yuan.</summary>
    LogYuan,

    /// <summary>ln(now / before), shown as a change in percent.</summary>
    LogChange,

    Days,

    Years,

    /// <summary>0 or 1.</summary>
    YesNo,

    /// <summary>A number without unit.</summary>
    Level,
}

/// <summary>One column of the model: what it means and where it comes from; how it is computed stands beside it in its family.</summary>
/// <param name="Name">Stable name: lower case and underscores, unique over all families.</param>
/// <param name="Group">Chapter of the reasons; says also whether the feature is own or of the graph.</param>
/// <param name="Unit">Unit of the value.</param>
/// <param name="Direction">+1: more can only be riskier; -1: more can only be safer; 0: left to the data.</param>
/// <param name="Inputs">Fields it is computed from, as Type.field (a relationship by its graph name).</param>
public sealed record Feature(
    string Name, FeatureGroup Group, FeatureUnit Unit, int Direction, IReadOnlyList<string> Inputs)
{
    /// <summary>Short, as reasons show it, in English.</summary>
    public string Title => TextCatalogue.English[$"feature.{Name}.title"];

    /// <summary>What "not known" means here, in English.</summary>
    public string Missing => TextCatalogue.English[$"feature.{Name}.missing"];

    /// <summary>Derived data takes the highest level of its inputs and of the elements that carry them.</summary>
    /// <exception cref="KeyNotFoundException">An input is not in the schema.</exception>
    public Sensitivity LevelUnder(SchemaCatalog catalog) => Inputs.Max(input => LevelOf(catalog, input));

    private static Sensitivity LevelOf(SchemaCatalog catalog, string input)
    {
        var (typeName, fieldName) = input.Split('.') is [var head, var tail] ? (head, tail) : (input, null);
        ElementType type = catalog.FindNode(typeName) is { } node ? node : catalog.Relationship(typeName);
        return fieldName is null || type.GetField(fieldName).Level < type.Level ? type.Level : type.GetField(fieldName).Level;
    }
}
