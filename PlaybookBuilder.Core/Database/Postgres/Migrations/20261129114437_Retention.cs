using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PlaybookBuilder.Core.Database.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Retention : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "saved_playbook_result",
                columns: table => new
                {
                    saved_playbook_id = table.Column<Guid>(type: "uuid", nullable: false),
                    process_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_saved_playbook_result", x => new { x.saved_playbook_id, x.process_id });
                    table.ForeignKey(
                        name: "fk_saved_playbook_result_process_id",
                        column: x => x.process_id,
                        principalTable: "process",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_saved_playbook_result_saved_playbook_id",
                        column: x => x.saved_playbook_id,
                        principalTable: "saved_playbook",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_resolution_created_process_id",
                table: "resolution",
                columns: new[] { "created", "process_id" });

            migrationBuilder.CreateIndex(
                name: "ix_resolution_data_id",
                table: "resolution",
                column: "data_id");

            migrationBuilder.CreateIndex(
                name: "ix_process_data_id",
                table: "process",
                column: "data_id",
                filter: "data_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_saved_playbook_result_process_id",
                table: "saved_playbook_result",
                column: "process_id");

            // What was saved before is held too, and the files that are there are named.
            migrationBuilder.Sql("""
                INSERT INTO saved_playbook_result (saved_playbook_id, process_id)
                WITH RECURSIVE chain (saved_playbook_id, step_id) AS (
                  SELECT saved_playbook_id, playbook_id FROM saved_playbook_version
                  UNION
                  SELECT chain.saved_playbook_id, step.parent_id FROM chain JOIN step ON step.id = chain.step_id WHERE step.parent_id IS NOT NULL)
                SELECT DISTINCT chain.saved_playbook_id, process.id
                FROM chain
                JOIN step ON step.id = chain.step_id
                JOIN process ON process.id = step.process_id AND process.timestamp IS NOT NULL
                JOIN resolution ON resolution.process_id = process.id;
                """);
            migrationBuilder.Sql("""
                INSERT INTO upload_grant (data_id, upload_id)
                SELECT DISTINCT data.id, upload.id
                FROM data
                CROSS JOIN LATERAL regexp_matches(data.value, '"drs://[^"/]+/([^"/]+)"', 'gi') AS link (parts)
                JOIN upload ON upload.id = link.parts[1]
                WHERE data.value ILIKE '%drs://%' AND upload.user_id IS NULL
                ON CONFLICT DO NOTHING;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DELETE FROM upload_grant WHERE upload_id IN (SELECT id FROM upload WHERE user_id IS NULL);");

            migrationBuilder.DropTable(
                name: "saved_playbook_result");

            migrationBuilder.DropIndex(
                name: "ix_resolution_created_process_id",
                table: "resolution");

            migrationBuilder.DropIndex(
                name: "ix_resolution_data_id",
                table: "resolution");

            migrationBuilder.DropIndex(
                name: "ix_process_data_id",
                table: "process");
        }
    }
}
