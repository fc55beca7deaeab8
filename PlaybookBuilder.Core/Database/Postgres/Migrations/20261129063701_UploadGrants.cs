using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PlaybookBuilder.Core.Database.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class UploadGrants : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_upload_grant_upload_id",
                table: "upload_grant");

            migrationBuilder.CreateTable(
                name: "deleted_upload",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_deleted_upload", x => x.id);
                });

            // What was accepted before goes on working.
            migrationBuilder.Sql("""
                INSERT INTO upload_grant (data_id, upload_id)
                SELECT DISTINCT data.id, upload.id
                FROM process
                JOIN data ON data.id = process.data_id
                CROSS JOIN LATERAL regexp_matches(data.value, '"drs://[^"/]+/([^"/]+)"', 'gi') AS link (parts)
                JOIN upload ON upload.id = link.parts[1]
                WHERE data.value ILIKE '%drs://%' AND upload.user_id IS NOT NULL
                ON CONFLICT DO NOTHING;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "deleted_upload");

            migrationBuilder.Sql("DELETE FROM upload_grant WHERE upload_id NOT IN (SELECT id FROM upload);");

            migrationBuilder.AddForeignKey(
                name: "fk_upload_grant_upload_id",
                table: "upload_grant",
                column: "upload_id",
                principalTable: "upload",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);
        }
    }
}
