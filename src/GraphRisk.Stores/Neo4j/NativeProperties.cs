using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Stores.Neo4j;

/// <summary>Properties as Neo4j's own types, for people and their queries: decimals become floats, days dates. Not read back.</summary>
internal static class NativeProperties
{
    public static void AddTo(Dictionary<string, object?> map, Properties properties)
    {
        foreach (var (name, value) in properties) map[name] = Native(value);
    }

    public static Dictionary<string, object?> Of(Properties properties)
    {
        var map = new Dictionary<string, object?>(properties.Count, StringComparer.Ordinal);
        AddTo(map, properties);
        return map;
    }

    private static object Native(PropertyValue value) => value.Kind switch
    {
        FieldKind.Decimal => (double)value.AsDecimal(),
        FieldKind.StringList => value.AsStrings().ToArray(),
        _ => value.AsObject(),
    };
}
