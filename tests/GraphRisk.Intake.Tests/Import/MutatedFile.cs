using System.Globalization;
using System.Text;

namespace GraphRisk.Intake.Tests.Import;

/// <summary>A source format in a small sound file whose rows can be damaged one by one.</summary>
/// <param name="Name">Name for the test's title.</param>
/// <param name="Path">Path under which it is imported.</param>
/// <param name="Header">What stands before the rows.</param>
/// <param name="Row">A row by its number and the text of its name and its number fields.</param>
/// <param name="Between">What stands between rows.</param>
/// <param name="Footer">What stands behind them.</param>
/// <param name="Encoding">Encoding of the file.</param>
internal sealed record MutatedFile(
    string Name, string Path, string Header, Func<string, string, string, string> Row, string Between, string Footer, Encoding Encoding)
{
    public const int Rows = 40;

    private static readonly UTF8Encoding Utf8 = new(false);
    private static readonly Encoding Gb = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    public static IEnumerable<MutatedFile> All { get; } =
    [
        new("broker csv", "brokers/B001/clients.csv",
            "client_no,name,former_name,kind,id_type,id_number,id_expires,birth_date,sex,phone,address,region,opened_on\n",
            (key, name, number) => $"{key},{name},,PERSON,RESIDENT_ID,11010519491231002X,2030-01-01,1949-12-31,M,{number},\"上海市,1号\",31,2021-03-01", "\n", "\n", Utf8),
        new("broker csv in GB 18030", "brokers/B002/clients.csv",
            "客户号,客户名称,曾用名,客户类别,证件类型,证件号码,证件有效期,出生日期,性别,联系电话,联系地址,辖区,开户日期\n",
            (key, name, number) => $"{key},{name},,个人,居民身份证,110105491231002,,19491231,男,{number},上海市浦东新区,61,20200115", "\n", "\n", Gb),
        new("registry csv", "registry/shareholders.csv",
            "record_no,company_uscc,holder_kind,holder_no,holder_name,share_pct,votes_pct,amount,valid_from,valid_to\n",
            (key, name, number) => $"{key},91110000600037341L,PERSON,P{key},{name},33.3333,33.3333,{number},2020-01-01,2030-01-01", "\n", "\n", Utf8),
        new("list ndjson", "lists/enforcement.ndjson", "",
            (key, name, number) => $$"""{"entry_no":"{{key}}","name":"{{name}}","card_number":"1101051949****002X","party_kind":"PERSON","court":"北京市朝阳区人民法院","case_no":"(2024)京0105执567号","filed_on":"20240709","amount":{{number}},"status":"执行中"}""",
            "\n", "\n", Utf8),
        new("FinBench", "AccountTransferAccount.csv", "fromId|toId|amount|createTime|orderNum|comment|payType|goodsType\n",
            (key, name, number) => $"{key}|4620412|{number}|2020-06-29 02:33:46.538|7|{name}|Cheque|Cheque", "\n", "\n", Utf8),
        new("FollowTheMoney", "x.entities.ftm.json", "",
            (key, name, number) => $$$"""{"id":"{{{key}}}","caption":"","schema":"Ownership","properties":{"owner":["{{{key}}}o"],"asset":["{{{key}}}a"],"percentage":["{{{number[..2]}}}"],"role":["{{{name}}}"]}}""" + "\n"
                + $$$"""{"id":"{{{key}}}o","caption":"{{{name}}}","schema":"Person","properties":{"name":["{{{name}}}"]}}""" + "\n"
                + $$$"""{"id":"{{{key}}}a","caption":"A","schema":"Company","properties":{}}""",
            "\n", "\n", Utf8),
        new("BODS array", "x.json", "[\n",
            (key, name, number) => $$$"""
                  {
                    "statementId": "{{{key}}}",
                    "statementDate": "2020-01-01",
                    "recordId": "r{{{key}}}",
                    "recordStatus": "new",
                    "recordType": "person",
                    "recordDetails": { "isComponent": false, "personType": "knownPerson", "birthDate": "19{{{number[..2]}}}-01-01", "names": [ { "type": "legal", "fullName": "{{{name}}}" } ] }
                  }
                """, ",\n", "\n]\n", Utf8),
        new("BODS lines", "y.jsonl", "",
            (key, name, number) => $$$"""{"statementId":"{{{key}}}","statementDate":"2020-01-01","recordId":"r{{{key}}}","recordStatus":"new","recordType":"entity","recordDetails":{"isComponent":false,"entityType":{"type":"registeredEntity"},"name":"{{{name}}}","foundingDate":"19{{{number[..2]}}}-01-01"}}""",
            "\n", "\n", Utf8),
    ];

    /// <summary>Key of a row: digits far from one another, so that no flipped bit turns one into another.</summary>
    public static string KeyOf(int row) => ((row + 1) * 7_919_317_573L % 9_999_999_967L).ToString("0000000000", CultureInfo.InvariantCulture);

    /// <summary>A sound row.</summary>
    public string Sound(int row) => Row(KeyOf(row), "王小明", (100_000 + (row * 37)).ToString(CultureInfo.InvariantCulture));

    /// <summary>The file with the rows given; each row is encoded already.</summary>
    public byte[] Assemble(IEnumerable<byte[]> rows)
    {
        var file = new List<byte>(Encoding.GetBytes(Header));
        var first = true;
        foreach (var row in rows)
        {
            if (!first) file.AddRange(Encoding.GetBytes(Between));
            first = false;
            file.AddRange(row);
        }

        file.AddRange(Encoding.GetBytes(Footer));
        return [.. file];
    }

    public override string ToString() => Name;
}
