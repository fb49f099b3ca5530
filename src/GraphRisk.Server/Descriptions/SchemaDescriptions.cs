using GraphQL.Types;
using GraphQL.Utilities;

namespace GraphRisk.Server.Descriptions;

/// <summary>The descriptions of a schema: which are without a translation, and the schema with translated ones.</summary>
public static class SchemaDescriptions
{
    /// <summary>Every different description of an initialised schema, in order.</summary>
    public static IReadOnlyList<string> Of(ISchema schema)
    {
        var all = new SortedSet<string>(StringComparer.Ordinal);
        Each(schema, text =>
        {
            all.Add(text);
            return text;
        });
        return [.. all];
    }

    /// <summary>Texts that no Chinese is known of, to be added to <c>Descriptions/zh.json</c>: sentences, and what is said as one.</summary>
    public static IReadOnlyList<string> WithoutChinese(ISchema schema) =>
        [.. Of(schema).SelectMany(text => DescriptionCatalogue.Chinese.LackingOf(text)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>What the catalogue translates though nothing in the schema says it.</summary>
    public static IReadOnlyList<string> Orphans(ISchema schema) =>
        [.. DescriptionCatalogue.Chinese.Keys.Except(Of(schema).SelectMany(text => DescriptionCatalogue.Chinese.KeysOf(text)), StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Puts an initialised schema that nobody else uses into Chinese.</summary>
    public static void PutIntoChinese(ISchema schema) => Each(schema, text => DescriptionCatalogue.Chinese.Find(text) ?? text);

    private static void Each(ISchema schema, Func<string, string> put)
    {
        // What an interface declares its types say too, and arguments and fields may be one object under several types: what is put is not put again.
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        if (schema.Description is { } own) schema.Description = put(own);
        foreach (var directive in schema.Directives)
        {
            Put(directive);
            foreach (var argument in directive.Arguments ?? []) Put(argument);
        }

        foreach (var type in schema.AllTypes)
        {
            Put(type);
            if (type is EnumerationGraphType names)
                foreach (var value in names.Values) Put(value);
            if (type is not IComplexGraphType complex) continue;
            foreach (var field in complex.Fields)
            {
                Put(field);
                foreach (var argument in field.Arguments ?? []) Put(argument);
            }
        }

        void Put(IProvideDescription one)
        {
            if (seen.Add(one) && one.Description is { Length: > 0 } text) one.Description = put(text);
        }
    }
}
